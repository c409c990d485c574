// From the rows of the table, which only this room sees whole.
#include "ptop/decode/call_shape.hpp"

#include "argument.hpp"

namespace ptop::decode {

std::vector<ArgumentShape> shape_of(const SyscallRow& row) {
  std::vector<ArgumentShape> shapes;
  for (std::size_t i = 0; i < row.arguments.size(); ++i) {
    const Argument& a = row.arguments[i];
    const auto in_register = a.in_register < 0 ? i : static_cast<std::size_t>(a.in_register);
    shapes.push_back(
        {a.name, static_cast<std::uint8_t>(in_register), a.decode == decode_fd || a.decode == decode_dirfd,
                      a.decode == decode_path});
  }
  return shapes;
}

}  // namespace ptop::decode

// sock_diag(7): what the kernel knows of sockets beyond /proc/<pid>/net. Needs no privileges in the caller's
// own network namespace.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/fd.hpp"
#include "ptop/base/result.hpp"

namespace ptop::sockets {

/// Source: sock_diag(7), struct unix_diag_msg. Linux 3.3.
struct UnixDiag {
  std::uint32_t inode = 0;            ///< of socket:[N]; 0: not accepted yet
  std::uint8_t type = 0;              ///< SOCK_*
  std::uint8_t state = 0;             ///< TCP_*: 1 connected, 7 not, 10 listening
  std::optional<std::uint32_t> peer;  ///< inode of the socket it is connected to; 0: accepted by nobody yet
  /// The name it is bound to, raw; an abstract one opens with NUL. Empty: none.
  std::string name;
};

/// The messages of one answer, or of a part of it. Appends to `sockets`; true: the answer is complete.
/// Errors: what the kernel answered; `malformed`.
Result<bool> parse_unix_diag(std::string_view messages, std::vector<UnixDiag>& sockets);

class SockDiag {
 public:
  /// In the caller's network namespace. Errors: as socket(2).
  static Result<SockDiag> open();
  /// In the one of `net_namespace`, an open /proc/<pid>/ns/net. `denied` without CAP_SYS_ADMIN.
  static Result<SockDiag> open_in(int net_namespace);

  /// Every unix socket. `unsupported`: the kernel was built without.
  Result<std::vector<UnixDiag>> unix_sockets();

 private:
  explicit SockDiag(Fd socket) : socket_(std::move(socket)) {}
  Fd socket_;
};

}  // namespace ptop::sockets

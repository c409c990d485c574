// Decoded trees in strace's notation, so that eyes and scripts trained on strace feel at home.
#include "ptop/render/decoded_text.hpp"

#include <iterator>

#include <fmt/format.h>

namespace ptop::render {
namespace {

using namespace decode;

bool is_octal_digit(char c) { return c >= '0' && c <= '7'; }

void append_octal(std::string& out, unsigned byte, bool digit_follows) {
  fmt::format_to(std::back_inserter(out), "\\{:0{}o}", byte, digit_follows ? 3 : 1);
}

/// \n and relatives, printable ASCII as it is, else octal: as short as the next byte allows, since \1 before
/// the digit 2 would read as \12.
void append_byte(std::string& out, char c, bool digit_follows) {
  switch (c) {
    case '\\':
      out += "\\\\";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\v':
      out += "\\v";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned>(static_cast<unsigned char>(c));
  if (byte >= 0x20 && byte < 0x7f) {
    out += c;
  } else {
    append_octal(out, byte, digit_follows);
  }
}

/// `special`: printable bytes that would end what is around them, written in octal.
void append_bytes(std::string& out, std::string_view bytes, std::string_view special) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    const bool digit_follows = i + 1 < bytes.size() && is_octal_digit(bytes[i + 1]);
    if (c == '"' && special.empty()) {
      out += "\\\"";
    } else if (special.find(c) != std::string_view::npos) {
      append_octal(out, static_cast<unsigned>(c), digit_follows);
    } else {
      append_byte(out, c, digit_follows);
    }
  }
}

void append_hex_bytes(std::string& out, std::string_view bytes) {
  out += '"';
  for (const char c : bytes) {
    fmt::format_to(std::back_inserter(out), "\\x{:02x}",
                   static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  out += '"';
}

void append_hex(std::string& out, std::uint64_t value) {
  fmt::format_to(std::back_inserter(out), "{:#x}", value);
}

void append_number(std::string& out, std::uint64_t value, Base base) {
  switch (base) {
    case Base::decimal:
      fmt::format_to(std::back_inserter(out), "{}", value);
      return;
    case Base::hex:
      value == 0 ? void(out += '0') : append_hex(out, value);
      return;
    // Three digits at least: a mode of 000 is a mode.
    case Base::octal:
      fmt::format_to(std::back_inserter(out), "0{:02o}", value);
      return;
  }
}

void append_unknown(std::string& out, std::string_view family) {
  if (!family.empty()) fmt::format_to(std::back_inserter(out), " /* {} */", family);
}

void append_address(std::string& out, std::uint64_t address) {
  if (address == 0) {
    out += "NULL";
  } else {
    append_hex(out, address);
  }
}

/// Arguments are int mostly: -1 that has no name is 0xffffffff there, not sixteen digits.
std::uint64_t unknown_constant(std::int64_t value) {
  return value < 0 && value >= INT32_MIN ? static_cast<std::uint32_t>(value)
                                         : static_cast<std::uint64_t>(value);
}

class Printer {
 public:
  explicit Printer(std::string& out) : out_(out) {}

  void operator()(std::monostate) { out_ += '?'; }
  void operator()(const Signed& d) { fmt::format_to(std::back_inserter(out_), "{}", d.value); }
  void operator()(const Unsigned& d) { append_number(out_, d.value, d.base); }
  void operator()(const Address& d) { append_address(out_, d.value); }
  void operator()(const Unreadable& d) { append_address(out_, d.address); }
  void operator()(const Word& d) { out_ += d.text; }

  void operator()(const Symbol& d) {
    if (!d.name.empty()) {
      out_ += d.name;
      return;
    }
    append_number(out_, unknown_constant(d.value), Base::hex);
    append_unknown(out_, d.family);
  }

  void operator()(const FlagNames& d) {
    join(d.names, '|');
    const bool octal = d.rest_base == Base::octal;
    if (d.names.empty()) {
      append_number(out_, d.rest, d.rest_base);
      if (d.rest != 0) append_unknown(out_, d.family);
    } else if (d.rest != 0 || octal) {
      out_ += '|';
      append_number(out_, d.rest, d.rest_base);
    }
  }

  void operator()(const SignalSet& d) {
    out_ += d.inverted ? "~[" : "[";
    join(d.names, ' ');
    out_ += ']';
  }

  void operator()(const FileDescriptor& d) {
    if (d.symbol.empty()) {
      fmt::format_to(std::back_inserter(out_), "{}", d.value);
    } else {
      out_ += d.symbol;
    }
    append_in_angles(d.path);
  }

  void operator()(const ProcessId& d) {
    fmt::format_to(std::back_inserter(out_), "{}", d.value);
    append_in_angles(d.comm);
  }

  void operator()(const Text& d) {
    if (d.hex) {
      append_hex_bytes(out_, d.bytes);
    } else if (d.abstract) {
      append_quoted(out_ += '@', d.bytes.substr(1));
    } else {
      append_quoted(out_, d.bytes);
    }
    if (d.truncated) out_ += "...";
  }

  void operator()(const CountedAddress& d) {
    append_address(out_, d.address);
    fmt::format_to(std::back_inserter(out_), " /* {} {} */", d.count, d.noun);
  }

  void operator()(const Changed& d) {
    std::visit(*this, d.before->what);
    out_ += " => ";
    std::visit(*this, d.after->what);
  }

  void operator()(const Remarked& d) {
    std::visit(*this, d.value->what);
    fmt::format_to(std::back_inserter(out_), " /* {} */", d.remark);
  }

  void operator()(const Record& d) {
    out_ += '{';
    std::string_view separator;
    for (const Field& field : d.fields) {
      out_ += separator;
      separator = ", ";
      append_field(field, field.naming != Naming::never);
    }
    if (d.more) (out_ += separator) += "...";
    out_ += '}';
  }

  void operator()(const List& d) {
    out_ += '[';
    std::string_view separator;
    for (const Decoded& item : d.items) {
      out_ += separator;
      separator = ", ";
      std::visit(*this, item.what);
    }
    if (d.truncated) (out_ += separator) += "...";
    if (d.unread_from != 0) fmt::format_to(std::back_inserter(out_), ", ... /* {:#x} */", d.unread_from);
    out_ += ']';
  }

  void append_field(const Field& field, bool named) {
    if (named) (out_ += field.name) += '=';
    if (field.value == nullptr) {
      out_ += '?';
    } else {
      std::visit(*this, field.value->what);
    }
  }

 private:
  void join(std::span<const std::string_view> names, char separator) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i > 0) out_ += separator;
      out_ += names[i];
    }
  }
  void append_in_angles(std::string_view bytes) {
    if (bytes.empty()) return;
    out_ += '<';
    append_bytes(out_, bytes, "<>");
    out_ += '>';
  }

  std::string& out_;
};

}  // namespace

void append_decoded(std::string& out, const Decoded& value) { std::visit(Printer(out), value.what); }

void append_quoted(std::string& out, std::string_view bytes) {
  out += '"';
  append_bytes(out, bytes, "");
  out += '"';
}

void append_arguments(std::string& out, std::span<const Field> arguments) {
  Printer printer(out);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i > 0) out += ", ";
    printer.append_field(arguments[i], arguments[i].naming == Naming::always);
  }
}

void append_detail(std::string& out, std::span<const Field> detail) {
  Printer printer(out);
  std::string_view separator;
  for (const Field& field : detail) {
    out += separator;
    separator = ", ";
    if (!field.name.empty()) (out += field.name) += ' ';
    printer.append_field(field, false);
  }
}

}  // namespace ptop::render

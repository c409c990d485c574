// Decoded trees in strace's notation, so that eyes and scripts trained on strace feel at home.
#include "ptop/render/decoded_text.hpp"

#include "ptop/base/digits.hpp"
#include "ptop/base/names.hpp"

namespace ptop::render {
namespace {

using namespace decode;

void append_number(std::string& out, std::uint64_t value, Base base) {
  switch (base) {
    case Base::decimal:
      append_digits(out, value);
      return;
    case Base::hex:
      value == 0 ? void(out += '0') : append_hex_number(out, value);
      return;
    // Three digits at least: a mode of 000 is a mode.
    case Base::octal:
      out.append("00", value < 8 ? 2 : 1);
      append_digits(out, value, 8);
      return;
  }
}

void append_remark(std::string& out, std::string_view remark) { ((out += " /* ") += remark) += " */"; }

void append_unknown(std::string& out, std::string_view family) {
  if (!family.empty()) append_remark(out, family);
}

void append_address(std::string& out, std::uint64_t address) {
  if (address == 0) {
    out.append("NULL", 4);
  } else {
    append_hex_number(out, address);
  }
}

/// Arguments are int mostly: -1 that has no name is 0xffffffff there, not sixteen digits.
std::uint64_t unknown_constant(std::int64_t value) {
  return value < 0 && value >= INT32_MIN ? static_cast<std::uint32_t>(value)
                                         : static_cast<std::uint64_t>(value);
}

class Printer {
 public:
  Printer(std::string& out, const DecodedStyle& style) : out_(out), style_(style) {}

  void operator()(std::monostate) { out_ += '?'; }
  void operator()(const Signed& d) { append_digits(out_, d.value); }
  void operator()(const Unsigned& d) { append_number(out_, d.value, d.base); }
  void operator()(const Address& d) { append_address(out_, d.value); }
  void operator()(const Unreadable& d) { append_address(out_, d.address); }
  // A device number is one constant, as far as styles go; what else has words of ours has them in each.
  void operator()(const Word& d) {
    if (!d.text.starts_with("makedev(")) {
      out_ += d.text;
    } else {
      styled([&] { append_number(out_, d.value, Base::hex); }, [&] { out_ += d.text; });
    }
  }

  void operator()(const Symbol& d) {
    if (d.name.empty()) {
      append_number(out_, unknown_constant(d.value), Base::hex);
      if (style_.constants != ConstantStyle::raw) append_unknown(out_, d.family);
      return;
    }
    styled([&] { append_symbol_value(d); }, [&] { out_ += d.name; });
  }

  void operator()(const FlagNames& d) {
    const bool octal = d.rest_base == Base::octal;
    if (!d.names.empty()) {
      styled([&] { append_number(out_, d.value, d.rest_base); },
             [&] {
               join(d.names, '|');
               if (d.rest == 0 && !octal) return;
               out_ += '|';
               append_number(out_, d.rest, d.rest_base);
               if (d.rest_named) append_unknown(out_, d.family);
             });
      return;
    }
    append_number(out_, d.rest, d.rest_base);
    if (d.rest != 0 && style_.constants != ConstantStyle::raw) append_unknown(out_, d.family);
  }

  void operator()(const SignalSet& d) {
    out_ += d.inverted ? "~[" : "[";
    std::string_view separator;
    std::size_t at = 0;
    for (const int signal : signals_in_mask(d.inverted ? ~d.mask : d.mask)) {
      out_ += separator;
      separator = " ";
      styled([&] { append_number(out_, static_cast<std::uint64_t>(signal), Base::decimal); },
             [&] { out_ += d.names[at]; });
      ++at;
    }
    out_ += ']';
  }

  void operator()(const FileDescriptor& d) {
    const auto number = [&] { append_digits(out_, d.value); };
    if (d.symbol.empty()) {
      number();
    } else {
      styled(number, [&] { out_ += d.symbol; });
    }
    if (d.detail.empty()) {
      append_in_angles(d.path);
    } else {
      out_ += '<';
      if (d.path.starts_with('/')) append_c_bytes(out_, d.path, "<>\"", style_.hex);
      (out_ += d.detail) += '>';
    }
    if (d.deleted) out_ += "(deleted)";
  }

  void operator()(const ProcessId& d) {
    append_digits(out_, d.value);
    append_in_angles(d.comm);
    if (d.outside != 0 && d.outside != d.value) {
      out_ += " /* ";
      append_digits(out_, d.outside);
      out_ += " in strace's PID NS */";
    }
  }

  void operator()(const Text& d) {
    out_ += d.abstract ? "@\"" : "\"";
    append_c_bytes(out_, d.abstract ? d.bytes.substr(1) : d.bytes, "\"",
                   d.hex ? HexBytes::always : style_.hex);
    out_ += '"';
    if (d.truncated) out_ += "...";
  }

  void operator()(const CountedAddress& d) {
    append_address(out_, d.address);
    append_digits(out_ += " /* ", d.count);
    ((out_ += ' ') += d.noun) += " */";
  }

  void operator()(const Changed& d) {
    std::visit(*this, d.before->what);
    out_ += " => ";
    std::visit(*this, d.after->what);
  }

  void operator()(const Remarked& d) {
    std::visit(*this, d.value->what);
    append_remark(out_, d.remark);
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
      separator = d.is_set ? " " : ", ";
      std::visit(*this, item.what);
    }
    if (d.truncated) (out_ += separator) += "...";
    if (d.unread_from != 0) {
      append_hex_number(out_ += ", ... /* ", d.unread_from);
      out_ += " */";
    }
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
    append_c_bytes(out_, bytes, "<>\"", style_.hex);
    out_ += '>';
  }
  /// The number, its name, or the number and its name in a comment.
  template <class Number, class Name>
  void styled(Number number, Name name) {
    if (style_.constants == ConstantStyle::abbreviated) return name();
    number();
    if (style_.constants == ConstantStyle::raw) return;
    out_ += " /* ";
    name();
    out_ += " */";
  }
  /// Signals and what is negative are decimal, other constants are not.
  void append_symbol_value(const Symbol& d) {
    const bool is_signal = d.name.starts_with("SIG") && !d.name.starts_with("SIG_");
    if (d.value < 0 || is_signal) {
      append_digits(out_, d.value);
    } else {
      append_number(out_, static_cast<std::uint64_t>(d.value), Base::hex);
    }
  }

  std::string& out_;
  const DecodedStyle style_;
};

}  // namespace

void append_decoded(std::string& out, const Decoded& value, const DecodedStyle& style) {
  std::visit(Printer(out, style), value.what);
}

void append_quoted(std::string& out, std::string_view bytes) {
  out += '"';
  append_c_bytes(out, bytes);
  out += '"';
}

void append_arguments(std::string& out, std::span<const Field> arguments, const DecodedStyle& style) {
  Printer printer(out, style);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i > 0) out.append(", ", 2);
    printer.append_field(arguments[i], arguments[i].naming == Naming::always);
  }
}

void append_detail(std::string& out, std::span<const Field> detail, const DecodedStyle& style) {
  Printer printer(out, style);
  std::string_view separator;
  for (const Field& field : detail) {
    out += separator;
    separator = ", ";
    if (!field.name.empty()) (out += field.name) += ' ';
    printer.append_field(field, false);
  }
}

}  // namespace ptop::render

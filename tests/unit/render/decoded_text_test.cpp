// Decoded trees in strace's notation, compared with what strace 6 writes.
#include "ptop/render/decoded_text.hpp"

#include <array>
#include <string>

#include "support/catch.hpp"

using namespace ptop::decode;
using ptop::render::append_arguments;
using ptop::render::append_decoded;
using ptop::render::append_quoted;
using namespace std::string_literals;

namespace {

std::string text_of(Decoded value) {
  std::string out;
  append_decoded(out, value);
  return out;
}

}  // namespace

TEST_CASE("append_quoted: strace's escapes", "[render]") {
  struct Case {
    std::string bytes, shown;
  };
  const auto c = GENERATE(values<Case>({
      {"", R"("")"},
      {"plain text", R"("plain text")"},
      {"a\"b\\c", R"("a\"b\\c")"},
      {"\n\t\r\v\f", R"("\n\t\r\v\f")"},
      {"\x1b[31m", R"("\33[31m")"},
      {"\x1b"
       "3",
       R"("\0333")"},  // a digit follows: three digits
      {"\x1b"
       "8",
       R"("\338")"},  // 8 is no octal digit
      {"\0"s, R"("\0")"},
      {"\0"
       "1"s,
       R"("\0001")"},
      {"\0\0"s, R"("\0\0")"},
      {"\x7f\xff", R"("\177\377")"},
      {"\xc3\xa9", R"("\303\251")"},
      {"\a\b", R"("\7\10")"},
  }));
  std::string out;
  append_quoted(out, c.bytes);
  CHECK(out == c.shown);
}

TEST_CASE("append_decoded: numbers and addresses", "[render]") {
  CHECK(text_of({Signed{-1}}) == "-1");
  CHECK(text_of({Unsigned{18446744073709551615U}}) == "18446744073709551615");
  CHECK(text_of({Unsigned{255, Base::hex}}) == "0xff");
  CHECK(text_of({Unsigned{0, Base::hex}}) == "0");
  CHECK(text_of({Unsigned{0644, Base::octal}}) == "0644");
  CHECK(text_of({Unsigned{0, Base::octal}}) == "000");
  CHECK(text_of({Address{0}}) == "NULL");
  CHECK(text_of({Address{0x7ffd1234}}) == "0x7ffd1234");
  CHECK(text_of({Unreadable{0xdead}}) == "0xdead");
  CHECK(text_of({CountedAddress{0x7ffd, 56, "vars"}}) == "0x7ffd /* 56 vars */");
  CHECK(text_of({Word{"makedev(0x88, 0)"}}) == "makedev(0x88, 0)");
}

TEST_CASE("append_decoded: symbols, and what has no name", "[render]") {
  CHECK(text_of({Symbol{-100, "AT_FDCWD", ""}}) == "AT_FDCWD");
  CHECK(text_of({Symbol{9, "", "SEEK_???"}}) == "0x9 /* SEEK_??? */");
  CHECK(text_of({Symbol{-1, "", "SEEK_???"}}) == "0xffffffff /* SEEK_??? */");
}

TEST_CASE("append_decoded: flags, leftover bits in hex", "[render]") {
  const std::array<std::string_view, 2> names{"O_WRONLY", "O_CREAT"};
  CHECK(text_of({FlagNames{.value = 65, .names = names, .rest = 0, .family = "O_???"}}) ==
        "O_WRONLY|O_CREAT");
  CHECK(text_of({FlagNames{.value = 65, .names = names, .rest = 0x40000000, .family = "O_???"}}) ==
        "O_WRONLY|O_CREAT|0x40000000");
  CHECK(text_of({FlagNames{.value = 8, .names = {}, .rest = 8, .family = "MSG_???"}}) == "0x8 /* MSG_??? */");
  CHECK(text_of({FlagNames{.value = 0, .names = {}, .rest = 0, .family = "MSG_???"}}) == "0");
  const std::array<std::string_view, 1> file{"S_IFREG"};
  CHECK(text_of({FlagNames{
            .value = 0100644, .names = file, .rest = 0644, .family = "", .rest_base = Base::octal}}) ==
        "S_IFREG|0644");
}

TEST_CASE("append_decoded: signal sets", "[render]") {
  const std::array<std::string_view, 2> names{"INT", "TERM"};
  CHECK(text_of({SignalSet{0x4002, names}}) == "[INT TERM]");
  CHECK(text_of({SignalSet{0, {}}}) == "[]");
  CHECK(text_of({SignalSet{~0x4002ULL, names, true}}) == "~[INT TERM]");
}

TEST_CASE("append_decoded: descriptors with their paths", "[render]") {
  CHECK(text_of({FileDescriptor{3, ""}}) == "3");
  CHECK(text_of({FileDescriptor{3, "/etc/passwd"}}) == "3</etc/passwd>");
  CHECK(text_of({FileDescriptor{3, "/a<b>\n"}}) == "3</a\\74b\\76\\n>");
  CHECK(text_of({ProcessId{42, "sh"}}) == "42<sh>");
}

TEST_CASE("append_decoded: structures and arrays", "[render]") {
  const Decoded mode{Unsigned{0600, Base::octal}}, size{Signed{3}};
  const std::array<Field, 2> fields{Field{"st_mode", &mode}, Field{"st_size", &size}};
  CHECK(text_of({Record{fields}}) == "{st_mode=0600, st_size=3}");
  CHECK(text_of({Record{fields, true}}) == "{st_mode=0600, st_size=3, ...}");
  CHECK(text_of({Record{{}, true}}) == "{...}");
  const std::array<Decoded, 2> items{Decoded{Text{"ls"}}, Decoded{Text{"-l", true}}};
  CHECK(text_of({List{items}}) == R"(["ls", "-l"...])");
  CHECK(text_of({List{items, true}}) == R"(["ls", "-l"..., ...])");
  CHECK(text_of({List{}}) == "[]");
  CHECK(text_of({Text{"\x01z", false, true}}) == R"("\x01\x7a")");
}

TEST_CASE("append_arguments: names only where asked for", "[render]") {
  const Decoded flags{Signed{1}};
  const std::array<Field, 3> fields{Field{"fd", &flags}, Field{"flags", &flags, Naming::always},
                                    Field{"buf", nullptr}};
  std::string out;
  append_arguments(out, fields);
  CHECK(out == "1, flags=1, ?");
}

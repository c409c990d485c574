// What a program writes to its terminal, taken apart: characters, control characters, sequences. Knows no
// screen. The bytes are a stranger's: nothing of them is kept beyond the bounds below.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ptop::app {

/// ESC [ leader parameters intermediate final (ECMA-48, 5.4).
struct Sequence {
  static constexpr std::size_t most_parameters = 32;
  static constexpr int most = 65535;  ///< larger numbers are this
  char leader = 0;                    ///< '?', '>', '=', '<'; 0: none
  char intermediate = 0, final = 0;
  std::size_t count = 0;
  std::array<int, most_parameters> numbers{};   ///< -1: left out
  std::array<bool, most_parameters> goes_on{};  ///< belongs to the number before it: a ':' between

  /// `fallback` when it is left out or 0, as most sequences have it.
  int number(std::size_t i, int fallback) const {
    return i < count && numbers[i] > 0 ? numbers[i] : fallback;
  }
};

class Receiver {
 public:
  virtual ~Receiver() = default;
  virtual void on_character(char32_t c) = 0;  ///< from U+0020 on, without U+007F to U+009F
  virtual void on_control(char c) = 0;        ///< C0
  /// ESC intermediate final; intermediate 0: none.
  virtual void on_escape(char intermediate, char final) = 0;
  virtual void on_sequence(const Sequence& sequence) = 0;
};

class Parser {
 public:
  /// UTF-8; what is none becomes U+FFFD. Strings (OSC, DCS, APC, PM, SOS) are skipped.
  void feed(std::string_view bytes, Receiver& receiver);

 private:
  enum class State : std::uint8_t { ground, escape, sequence, skipped_sequence, string, string_escape };

  void on_byte(unsigned char byte, Receiver& receiver);
  void on_ground(unsigned char byte, Receiver& receiver);
  void begin_character(unsigned char byte, Receiver& receiver);
  bool on_anywhere(unsigned char byte, Receiver& receiver);
  void on_escape(unsigned char byte, Receiver& receiver);
  void on_sequence(unsigned char byte, Receiver& receiver);
  void on_number(unsigned char byte);

  State state_ = State::ground;
  char intermediate_ = 0;
  Sequence sequence_;
  char32_t code_ = 0, least_ = 0;  ///< of a character that is not whole yet
  int missing_ = 0;                ///< bytes of it
};

}  // namespace ptop::app

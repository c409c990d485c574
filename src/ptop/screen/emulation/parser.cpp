// The states of a terminal's input, as DEC's terminals had them, with UTF-8 in place of 8-bit controls.
#include "emulation/parser.hpp"

#include <algorithm>

namespace ptop::app {
namespace {

constexpr unsigned char bell = 7, cancel = 0x18, substitute = 0x1a, escape = 0x1b, del = 0x7f;
constexpr char32_t replacement = U'\uFFFD';

}  // namespace

void Parser::feed(std::string_view bytes, Receiver& receiver) {
  for (const char c : bytes) on_byte(static_cast<unsigned char>(c), receiver);
}

void Parser::on_byte(unsigned char byte, Receiver& receiver) {
  if (state_ == State::ground) return on_ground(byte, receiver);
  if (on_anywhere(byte, receiver)) return;
  switch (state_) {
    case State::escape:
      return on_escape(byte, receiver);
    case State::sequence:
    case State::skipped_sequence:
      return on_sequence(byte, receiver);
    case State::string_escape:
      // ESC \ ends a string; so does any other escape, and is one.
      state_ = State::escape;
      if (byte == '\\')
        state_ = State::ground;
      else
        on_escape(byte, receiver);
      return;
    default:
      return;
  }
}

/// What ends or interrupts whatever is under way. False: it is part of it.
bool Parser::on_anywhere(unsigned char byte, Receiver& receiver) {
  const bool in_string = state_ == State::string;
  if (byte == escape) {
    state_ = in_string ? State::string_escape : State::escape;
    intermediate_ = 0;
    return true;
  }
  if (byte == cancel || byte == substitute || (in_string && byte == bell)) {
    state_ = State::ground;
    return true;
  }
  if (in_string) return true;
  if (byte < 0x20) {
    receiver.on_control(static_cast<char>(byte));
    return true;
  }
  return byte == del;
}

void Parser::on_ground(unsigned char byte, Receiver& receiver) {
  if (missing_ > 0) {
    if ((byte & 0xc0) == 0x80) {
      code_ = code_ << 6 | (byte & 0x3fU);
      if (--missing_ > 0) return;
      const bool surrogate = code_ >= 0xd800 && code_ < 0xe000;
      const bool valid = code_ >= least_ && code_ <= 0x10ffff && !surrogate;
      if (!valid || code_ >= 0xa0) receiver.on_character(valid ? code_ : replacement);
      return;
    }
    missing_ = 0;
    receiver.on_character(replacement);
  }
  if (byte == escape) {
    state_ = State::escape;
    intermediate_ = 0;
  } else if (byte < 0x20) {
    receiver.on_control(static_cast<char>(byte));
  } else if (byte != del) {
    begin_character(byte, receiver);
  }
}

void Parser::begin_character(unsigned char byte, Receiver& receiver) {
  if (byte < 0x80) return receiver.on_character(byte);
  if (byte < 0xc2 || byte > 0xf4) return receiver.on_character(replacement);
  missing_ = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
  code_ = byte & (0x3fU >> missing_);
  least_ = missing_ == 3 ? 0x10000 : missing_ == 2 ? 0x800 : 0x80;
}

void Parser::on_escape(unsigned char byte, Receiver& receiver) {
  if (byte >= 0x20 && byte < 0x30) {
    intermediate_ = static_cast<char>(byte);
    return;
  }
  state_ = State::ground;
  if (byte >= 0x80) return on_ground(byte, receiver);
  if (intermediate_ != 0) return receiver.on_escape(intermediate_, static_cast<char>(byte));
  switch (byte) {
    case '[':
      sequence_ = Sequence{};
      state_ = State::sequence;
      return;
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
      state_ = State::string;
      return;
    default:
      return receiver.on_escape(0, static_cast<char>(byte));
  }
}

void Parser::on_sequence(unsigned char byte, Receiver& receiver) {
  if (byte >= 0x80) {
    state_ = State::ground;
    return on_ground(byte, receiver);
  }
  if (byte >= 0x40) {
    const bool whole = state_ == State::sequence;
    state_ = State::ground;
    sequence_.final = static_cast<char>(byte);
    if (whole) receiver.on_sequence(sequence_);
  } else if (byte >= 0x3c) {
    if (sequence_.count > 0) state_ = State::skipped_sequence;
    sequence_.leader = static_cast<char>(byte);
  } else if (byte >= 0x30) {
    on_number(byte);
  } else {
    sequence_.intermediate = static_cast<char>(byte);
  }
}

void Parser::on_number(unsigned char byte) {
  Sequence& s = sequence_;
  if (s.count == 0) s.numbers[s.count++] = -1;
  if (byte == ';' || byte == ':') {
    if (s.count == Sequence::most_parameters) {
      state_ = State::skipped_sequence;
      return;
    }
    s.goes_on[s.count] = byte == ':';
    s.numbers[s.count++] = -1;
    return;
  }
  int& number = s.numbers[s.count - 1];
  number = std::min(std::max(number, 0) * 10 + (byte - '0'), Sequence::most);
}

}  // namespace ptop::app

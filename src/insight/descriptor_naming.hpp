// Whether a program was told of a descriptor: by its argv or its environment.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/follow/event.hpp"

namespace ptop::insight {

/// What a new program was told.
struct Told {
  std::span<const std::string> argv;
  std::vector<std::string_view> environment;  ///< NAME=VALUE
  std::span<const Pid> pids;                  ///< its own, in each pid namespace it is in
  bool prepares_another = false;              ///< it starts another program, and may close before what it got
};

struct Naming {
  follow::DescriptorPurpose purpose = follow::DescriptorPurpose::none;
  std::string by;  ///< the word or variable
};

/// All numbers that a program was told, read once. Borrows from what it is made of.
class Namings {
 public:
  explicit Namings(const Told& told);
  /// `target`: what is open there, for a jobserver that is a FIFO with a path.
  Naming of(int fd, std::string_view target) const;

 private:
  struct Jobserver {
    std::string_view variable;
    std::optional<std::string_view> fifo = std::nullopt;
    std::vector<int> numbers = {};
  };
  struct Word {
    std::size_t index;  ///< in argv
    bool after_option;  ///< that says what it is
  };
  static Jobserver jobserver_of(std::string_view variable, std::string_view value);
  void read_word(std::size_t index);
  void read_variable(std::string_view entry);

  const Told& told_;
  int listened_;  ///< LISTEN_FDS, where it is meant
  std::vector<Jobserver> jobservers_;
  std::unordered_map<int, Word> words_;                  ///< the first that names it
  std::unordered_map<int, std::string_view> variables_;  ///< the same
  std::vector<int> numbers_;                             ///< of the one that is read
};

}  // namespace ptop::insight

// What a system call is for, in words.
#pragma once

#include <string_view>

namespace ptop::decode {

/// "opens a file relative to a directory, …": goes on behind the name. Empty: a call we do not know.
std::string_view explanation_of(std::string_view call);

}  // namespace ptop::decode

// Trees as text for comparing, plain and without any of render's rules: one way to write each kind of node.
#pragma once

#include <string>

#include "ptop/decode/decoder.hpp"

std::string printed(const ptop::decode::Decoded& value);
/// name=value, … of a call's arguments; `?` for what is not there yet.
std::string printed(const ptop::decode::Call& call);

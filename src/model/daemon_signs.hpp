// Which signs a daemon has. For classification only.
#pragma once

#include "ptop/model/classify.hpp"

namespace ptop::model {

DaemonFacts daemon_facts(const Sample& s, bool is_child_of_init, bool is_adopted);

}  // namespace ptop::model

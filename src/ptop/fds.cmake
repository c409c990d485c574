# ptop fds: open files and their other ends.
target_sources(ptop_commands PRIVATE commands_fds.cpp one_shot.cpp)

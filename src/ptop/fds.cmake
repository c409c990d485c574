# ptop fds and ptop show: open files and their other ends; everything about one process.
target_sources(ptop_commands PRIVATE commands_fds.cpp commands_show.cpp one_scan.cpp one_shot.cpp)

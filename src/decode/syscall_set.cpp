// syscall_set.cpp

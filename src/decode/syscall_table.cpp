// syscall_table.cpp

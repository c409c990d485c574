// process_table.cpp

// process_tree.cpp

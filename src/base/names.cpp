// names.cpp

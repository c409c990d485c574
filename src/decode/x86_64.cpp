// x86_64.cpp

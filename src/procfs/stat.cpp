// stat.cpp

// columns.cpp

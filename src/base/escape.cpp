// escape.cpp

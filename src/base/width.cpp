// width.cpp

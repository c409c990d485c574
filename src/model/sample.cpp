// sample.cpp

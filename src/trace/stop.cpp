// stop.cpp

// status.cpp

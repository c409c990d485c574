// statm.cpp

// classify.cpp

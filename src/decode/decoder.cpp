// decoder.cpp

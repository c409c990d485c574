// reader.cpp

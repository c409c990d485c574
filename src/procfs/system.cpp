// system.cpp

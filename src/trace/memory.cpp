// memory.cpp

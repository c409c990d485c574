// units.cpp

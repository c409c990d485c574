// tree.cpp

// style.cpp

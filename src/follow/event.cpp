// event.cpp

// users.cpp

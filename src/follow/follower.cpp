// follower.cpp

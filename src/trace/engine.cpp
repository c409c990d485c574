// engine.cpp

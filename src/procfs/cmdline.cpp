// cmdline.cpp

// fd_link.cpp

// wait_status.cpp

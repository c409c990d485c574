// cgroup.cpp

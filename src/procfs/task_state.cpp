// task_state.cpp

// event_text.cpp

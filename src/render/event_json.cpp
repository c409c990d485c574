// event_json.cpp

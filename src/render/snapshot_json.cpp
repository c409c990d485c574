// snapshot_json.cpp

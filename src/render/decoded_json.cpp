// decoded_json.cpp

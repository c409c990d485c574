// decoded_text.cpp

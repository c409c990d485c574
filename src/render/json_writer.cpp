// json_writer.cpp

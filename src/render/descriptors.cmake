# Open files as text, table and JSON.
target_sources(ptop_render PRIVATE descriptor_text.cpp descriptor_table.cpp descriptor_columns.cpp descriptor_json.cpp descriptor_socket_json.cpp
  descriptor_particulars_json.cpp)

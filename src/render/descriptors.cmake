# Open files as text, table and JSON.
target_sources(ptop_render PRIVATE descriptor_text.cpp descriptor_table.cpp descriptor_json.cpp)

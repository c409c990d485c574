# Open files: what they are, who holds them, who is at the other end.
target_sources(ptop_model PRIVATE
  descriptor_type.cpp descriptor_scan.cpp descriptor_ends.cpp descriptor_locks.cpp descriptor_mappings.cpp descriptor_sharing.cpp
  descriptor_sockets.cpp descriptor_watches.cpp descriptor_worker.cpp socket_table.cpp)

// rates.cpp

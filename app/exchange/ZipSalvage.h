// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/TextInput.h"

#include <memory>
#include <optional>

namespace octotrail::exchange {

class Decoder;

/// Reads the files of a zip archive that has lost its end, and with it the list of its files, one after the other from
/// its beginning, as far as they go. For one thread.
class ZipSalvage
{
public:
    explicit ZipSalvage(TextInput &archive);
    ~ZipSalvage();

    /// The next file, valid until the next call; nullptr if no other follows. The one before is skipped to its end.
    event::Result<TextInput *> next(const std::stop_token &stop);
    bool isExhausted() const { return isBomb(m_archive.position(), m_unpacked); }

private:
    class File;

    event::Status fill(std::size_t size, const std::stop_token &stop);
    event::Result<std::string_view> readStored(const std::stop_token &stop);
    event::Result<std::string_view> readPacked(const std::stop_token &stop);
    event::Error cutOff() const;

    TextInput &m_archive;
    std::unique_ptr<File> m_file;
    std::unique_ptr<Decoder> m_decoder; ///< of a file that is packed
    std::unique_ptr<char[]> m_output;
    std::string m_input; ///< read, but not used
    std::size_t m_used = 0; ///< of m_input
    quint64 m_left = 0; ///< of a file that is not packed
    qint64 m_unpacked = 0;
    bool m_ended = false;
};

} // namespace octotrail::exchange

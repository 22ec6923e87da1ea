-- cause     pcie-window-wrong
-- title     A PCIe controller's window lies elsewhere than the software thinks
-- explain   A window of a PCIe controller begins at a multiple of its size. Given a base that is none, the hardware drops the low bits of the base: what
--        |  the other side writes at an offset of the window arrives at the rounded base plus that offset, and the IOMMU, or nobody,
--        |  knows that address.
-- remedy    Round the base down to the window's size and add what is lost to the offset, or make the window smaller; compare dma-ranges and
--        |  the inbound windows with what the controller can do.
-- refs      linux drivers/pci/controller/dwc/pcie-designware-ep.c dw_pcie_ep_set_bar(), Documentation/PCI/endpoint/pci-endpoint.rst
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case, pci_window WHERE driven_by = 'linux'
-- trigger   near-window   an address was refused that lies in a window, or where it would lie with its base rounded down to its size
-- needs     window        where the window is, and its size | ask: where the windows of the controller are | capture: the kernel's log of the end point with the lines that set up its windows, lspci -vv of the host
-- decides   same-offset   what lies behind the rounded base is the offset that the other side writes to | kind: address
-- excludes  full-address  the address is in the window as it was set up

SELECT c.incident AS subject, c.id AS "case", x.clue, printf('iova %#x; the window is at %#x, size %#x', c.iova, w.start, w.size) AS says,
       CASE x.clue WHEN 'near-window' THEN c.capture ELSE w.capture END AS capture, CASE x.clue WHEN 'near-window' THEN c.line ELSE w.line END AS line, c.n
  FROM (SELECT c.id AS "case", min(w.id) AS first
          FROM fault_case AS c
          JOIN pci_window AS w ON w.capture = c.capture AND w.line < c.line AND w.what = 'window' AND w.trust <> 'guest' AND w.size > 0 AND w.size & w.size - 1 = 0
                              AND c.iova & ~(w.size - 1) = w.start & ~(w.size - 1)
         WHERE c.driven_by = 'linux'
         GROUP BY c.id) AS y
  JOIN fault_case AS c ON c.id = y."case"
  JOIN pci_window AS w ON w.id = y.first
  JOIN (SELECT 'near-window' AS clue UNION ALL SELECT 'window' UNION ALL SELECT 'full-address') AS x
    ON x.clue <> 'full-address' OR (c.iova >= w.start AND c.iova - w.start < w.size)

UNION ALL
SELECT c.incident, c.id, 'same-offset', printf('%#x rounded to %#x, plus offset %#x, is %#x', w.start, w.start & ~(w.size - 1), o.offset_in, c.iova), o.capture, o.line, c.n
  FROM (SELECT c.id AS "case", min(w.id) AS first
          FROM fault_case AS c
          JOIN pci_window AS w ON w.capture = c.capture AND w.line < c.line AND w.what = 'window' AND w.trust <> 'guest' AND w.size > 0 AND w.size & w.size - 1 = 0
                              AND w.start & w.size - 1 <> 0 AND c.iova & ~(w.size - 1) = w.start & ~(w.size - 1)
         WHERE c.driven_by = 'linux'
         GROUP BY c.id) AS y
  JOIN fault_case AS c ON c.id = y."case"
  JOIN pci_window AS w ON w.id = y.first
  JOIN pci_window AS o ON o.capture = c.capture AND o.line < c.line AND o.what = 'place' AND o.trust <> 'guest' AND ifnull(o.bar = w.bar, 1)
                      AND o.offset_in = c.iova & w.size - 1
 GROUP BY c.id;
